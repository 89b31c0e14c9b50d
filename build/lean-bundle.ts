// Plugins that omit code from the bundle or defer its loading. V8 needs about 25 ms to read a megabyte of source, on every instance.
import { basename, join } from 'node:path';
import type { Plugin } from 'esbuild';

/** Puts each module that the app imports with `import()` into its own file next to the bundle; adds its name and source to `files`. */
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

/** Removes unused MSAL flows (browser, device code, and so on): its modules have no side effects, but its package.json does not declare that. */
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

/** Loads the proxy agents on first use. */
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
 * Removes the identity of AKS pods, which pulls in every other credential. The app uses `ManagedIdentityCredential` only with the identity
 * endpoint of App Service (shared/key-vault/vault-credential.ts), where there are no pods.
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
