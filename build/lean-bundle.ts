// What the bundle leaves out or leaves for later. V8 takes some 25 ms to read a megabyte of source, and every instance pays for it.
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** What the app imports with `import()` becomes a file of its own beside the bundle; `files` fills up with them as name and source. */
export function onDemandFiles(files: Map<string, string>): Plugin {
  return {
    name: 'on-demand-files',
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path, importer, resolveDir }) => {
        if (kind !== 'dynamic-import' || importer.includes('node_modules')) return undefined;
        const name = basename(path).replace(/\.ts$/, '.cjs');
        files.set(name, join(resolveDir, path));
        return { path: `./${name}`, external: true };
      });
    },
  };
}

/** MSAL's modules only declare things, but its package.json does not say so: unused flows (browser, device code, and so on) go. */
export const shakeMsal: Plugin = {
  name: 'shake-msal',
  setup(build) {
    build.onResolve({ filter: /^@azure\/msal-|^\./ }, async ({ pluginData, path, importer, resolveDir, kind }) => {
      const inMsal = path.startsWith('@azure/msal-') || /[\\/]@azure[\\/]msal-(node|common)[\\/]/.test(importer);
      if (pluginData === shakeMsal || !inMsal) return undefined;
      const resolved = await build.resolve(path, { importer, resolveDir, kind, pluginData: shakeMsal });
      return { ...resolved, sideEffects: false };
    });
  },
};

/** The agents for a proxy are loaded at the first use of one. */
export const lazyProxyAgents: Plugin = {
  name: 'lazy-proxy-agents',
  setup(build) {
    build.onResolve({ filter: /^https?-proxy-agent$/ }, ({ path, namespace, resolveDir }) =>
      namespace === 'lazy' ? undefined : { path, namespace: 'lazy', pluginData: resolveDir },
    );
    build.onLoad({ filter: /./, namespace: 'lazy' }, ({ path, pluginData }) => {
      const resolveDir = pluginData as string;
      const name = path.startsWith('https') ? 'HttpsProxyAgent' : 'HttpProxyAgent';
      const contents = `Object.defineProperty(exports, '${name}', { enumerable: true, get: () => require('${path}').${name} });`;
      return { contents, resolveDir, loader: 'js' };
    });
  },
};

/**
 * The identity of an AKS pod drags every other credential in. The app uses `ManagedIdentityCredential` with the identity endpoint of App
 * Service alone (shared/key-vault/vault-credential.ts), where there is no such pod.
 */
export const noTokenExchange: Plugin = {
  name: 'no-token-exchange',
  setup(build) {
    build.onLoad({ filter: /managedIdentityCredential[\\/]tokenExchangeMsi\.js$/ }, () => ({
      contents: `export const tokenExchangeMsi = { name: 'tokenExchangeMsi', isAvailable: async () => false };`,
      loader: 'js',
    }));
  },
};
