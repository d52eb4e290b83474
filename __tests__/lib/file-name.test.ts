import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileNameFor } from '../../src/lib/store-file.ts';
import { anyText } from './any-text.ts';

describe('the name of a file for a model', () => {
  it.each([
    ['acme/hard-hats-7-rfdetr-nano-6669', 'acme-hard-hats-7-rfdetr-nano-6669.pt'],
    ['acme/hard-hats/7', 'acme-hard-hats-7.pt'],
    ['hard_hats.2/7', 'hard_hats.2-7.pt'],
  ])('%s: %s', (id, name) => {
    expect(fileNameFor(id, '.pt')).toBe(name);
  });

  it.each([
    ['../../etc/passwd', /^file-etc-passwd-[0-9a-f]{12}\.pt$/],
    ['/etc/passwd', /^file-etc-passwd-[0-9a-f]{12}\.pt$/],
    ['..', /^file-[0-9a-f]{12}\.pt$/],
    ['', /^file-[0-9a-f]{12}\.pt$/],
    ['.hidden', /^file-hidden-[0-9a-f]{12}\.pt$/],
    ['-rf', /^file-rf-[0-9a-f]{12}\.pt$/],
    ['a\\..\\b', /^file-a-\.-b-[0-9a-f]{12}\.pt$/],
    ['a\0b\n::error::c', /^file-a-b-error-c-[0-9a-f]{12}\.pt$/],
    ['größe', /^file-gr-e-[0-9a-f]{12}\.pt$/],
    ['x'.repeat(500), /^file-x{100}-[0-9a-f]{12}\.pt$/],
  ])('of the odd id %j is harmless', (id, form) => {
    expect(fileNameFor(id, '.pt')).toMatch(form);
  });

  it('is another one if more than slashes is lost of the id', () => {
    const ids = ['a b', 'a:b', 'a*b', 'ä', 'ö', `${'x'.repeat(200)}1`, `${'x'.repeat(200)}2`];
    expect(new Set(ids.map((id) => fileNameFor(id, '.pt'))).size).toBe(ids.length);
  });

  it('is for any id a plain, short name that is not hidden', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 300 }), (id) => {
        const name = fileNameFor(id, '.pt');
        expect(name).toMatch(/^[a-z0-9][a-z0-9._-]{0,150}\.pt$/i);
        expect(name).not.toContain('..');
      }),
    );
  });
});
