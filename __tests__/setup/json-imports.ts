import { registerHooks } from 'node:module';

/** GitHub's own parsers of workflows import JSON without saying that it is JSON, which only a bundler takes. */
registerHooks({
  load: (url, context, nextLoad) =>
    nextLoad(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
