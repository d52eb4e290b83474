import { describe, expect, it } from 'vitest';
import { continuationOf, rangeHeaders } from '../../../src/roboflow/http/resume.ts';

const HEAD = { etag: '"a1"', total: 100 };
const REST = { etag: '"a1"', 'content-range': 'bytes 40-99/100' };

describe('what is asked for', () => {
  it.each([
    { name: 'nothing is there', bytes: 0, head: HEAD, headers: {} },
    { name: 'nothing is known', bytes: 40, head: undefined, headers: {} },
    { name: 'no ETag tells the file again', bytes: 40, head: { etag: undefined, total: 100 }, headers: {} },
    { name: 'a part is there', bytes: 40, head: HEAD, headers: { range: 'bytes=40-', 'if-range': '"a1"' } },
  ])('if $name', ({ bytes, head, headers }) => {
    expect(rangeHeaders(bytes, head)).toEqual(headers);
  });
});

describe('an answer', () => {
  it.each([
    { headers: { etag: '"b2"', 'content-length': '7' }, head: { etag: '"b2"', total: 7 } },
    { headers: { etag: 'W/"b2"' }, head: { etag: undefined, total: undefined } },
    { headers: { etag: 'b2', 'content-length': '7, 7' }, head: { etag: undefined, total: undefined } },
    { headers: { etag: '"b2"', 'content-length': '-1' }, head: { etag: '"b2"', total: undefined } },
  ])('of 200 is the whole file, whatever was asked for: %j', ({ headers, head }) => {
    expect(continuationOf(200, headers, 40, HEAD)).toEqual({ kind: 'whole', head });
  });

  it('of 206 that goes on where the file was cut is the rest', () => {
    expect(continuationOf(206, REST, 40, HEAD)).toEqual({ kind: 'rest', head: HEAD });
    const unknown = { etag: '"a1"', total: undefined };
    expect(continuationOf(206, REST, 40, unknown)).toEqual({ kind: 'rest', head: HEAD });
  });

  it.each([
    { name: 'begins elsewhere', status: 206, headers: { ...REST, 'content-range': 'bytes 0-99/100' } },
    {
      name: 'is of a file of another length',
      status: 206,
      headers: { ...REST, 'content-range': 'bytes 40-98/99' },
    },
    { name: 'has another ETag', status: 206, headers: { ...REST, etag: '"b2"' } },
    { name: 'has a weak ETag', status: 206, headers: { ...REST, etag: 'W/"a1"' } },
    { name: 'has no ETag', status: 206, headers: { 'content-range': REST['content-range'] } },
    { name: 'has no range', status: 206, headers: { etag: '"a1"' } },
    {
      name: 'has several ranges',
      status: 206,
      headers: { ...REST, 'content-range': 'multipart/byteranges' },
    },
    { name: 'does not know the length', status: 206, headers: { ...REST, 'content-range': 'bytes 40-99/*' } },
    { name: 'has no such range', status: 416, headers: { 'content-range': 'bytes */100' } },
    { name: 'has nothing at all', status: 204, headers: {} },
  ])('that $name is of another file', ({ status, headers }) => {
    expect(continuationOf(status, headers, 40, HEAD)).toEqual({ kind: 'other' });
  });

  it('of 206 that nobody asked for is of another file', () => {
    expect(continuationOf(206, REST, 40, undefined)).toEqual({ kind: 'other' });
  });
});
