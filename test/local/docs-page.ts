import { createReadStream } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const assets = new Map([
  ['/docs/swagger-ui.css', 'text/css'],
  ['/docs/swagger-ui-bundle.js', 'text/javascript'],
  ['/docs/favicon-32x32.png', 'image/png'],
]);
const headers = {
  'Cache-Control': 'no-cache',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src data:; connect-src 'self'",
};

/** Serves the API reference page under `/docs`, offline, with the local key filled in. Returns false for every other path. */
export function createDocsPage(functionKey: string): (request: IncomingMessage, response: ServerResponse) => boolean {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const texts = new Map([
    ['/docs', { type: 'text/html', text: page }],
    ['/docs/', { type: 'text/html', text: page }],
    ['/docs/start.js', { type: 'text/javascript', text: writeScript(functionKey) }],
  ]);
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (request.method !== 'GET') return false;
    const own = texts.get(path);
    const type = own?.type ?? assets.get(path);
    if (type === undefined) return false;
    response.writeHead(200, { ...headers, 'Content-Type': type === 'image/png' ? type : `${type}; charset=utf-8` });
    if (own) response.end(own.text);
    else
      createReadStream(join(folder, path.slice('/docs/'.length)))
        .on('error', () => response.destroy())
        .pipe(response);
    return true;
  };
}

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>CSP Onboarding – API reference</title>
    <link rel="icon" href="/docs/favicon-32x32.png" />
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="docs"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** The page calls only the host that served it, whatever servers the document lists. */
function writeScript(functionKey: string): string {
  return `const key = ${JSON.stringify(functionKey)};
const ui = SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  validatorUrl: null,
  deepLinking: true,
  displayRequestDuration: true,
  tryItOutEnabled: true,
  requestInterceptor: (request) => {
    const { pathname, search } = new URL(request.url, location.origin);
    request.url = location.origin + pathname + search;
    return request;
  },
  onComplete: () => {
    const schemes = ui.getSystem().specSelectors.specJson().getIn(['components', 'securitySchemes']);
    schemes?.forEach((scheme, name) => {
      if (scheme.get('type') === 'apiKey') ui.preauthorizeApiKey(name, key);
    });
  },
});
`;
}
