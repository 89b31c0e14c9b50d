import { findBrowser } from './find-browser.ts';

const browser = findBrowser();
console.log(
  browser === undefined
    ? 'The browser test did not run: there is no Chromium on this machine.'
    : `The browser test did not run: it is a command of its own, npm run test:browser (${browser}).`,
);
