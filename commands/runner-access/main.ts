import { execFileSync } from 'node:child_process';
import { isAllowed, isListed, withRunner, readAddress, withoutRunner, type AccessRules } from './access-rules.ts';

// The deployment workflow runs this with Node.js alone: node commands/runner-access/main.ts allow|remove <resource id of the site> [<address>]
const [action, site = '', address = ''] = process.argv.slice(2);
const url = `${site}/config/web?api-version=2025-03-01`;

function callAzure(...args: readonly string[]): unknown {
  return JSON.parse(execFileSync('az', ['rest', '--url', url, ...args], { encoding: 'utf8' })) as unknown;
}

/** Sends only the access rules: Flex Consumption refuses other properties of the configuration. */
const sendRules = (properties: AccessRules): unknown =>
  callAzure('--method', 'patch', '--body', JSON.stringify({ properties }));

try {
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/[\w-]+$/.test(site))
    throw new Error(
      `Not the resource id of a site: ${site}. Expected /subscriptions/…/providers/Microsoft.Web/sites/<name>`,
    );
  if (action === 'allow') {
    const range = readAddress(address);
    if (!isAllowed(sendRules(withRunner(callAzure('--method', 'get'), range))))
      throw new Error('Azure did not keep the rule');
    console.log(`${range} can reach the app and its deployment site.`);
  } else if (action === 'remove') {
    if (isListed(sendRules(withoutRunner(callAzure('--method', 'get')))))
      throw new Error('Azure kept the rule of the runner');
    console.log('The rule of the runner is removed.');
  } else throw new Error(`Unknown action ${String(action)}. Expected allow or remove`);
} catch (error) {
  console.error(error instanceof Error ? error.message : 'az failed');
  process.exitCode = 1;
}
