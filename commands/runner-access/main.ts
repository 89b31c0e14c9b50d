import { execFileSync } from 'node:child_process';
import { isIn, isLeft, letIn, readAddress, shutOut, type AccessRules } from './access-rules.ts';

// Run by the deployment workflow with Node.js alone: node commands/runner-access/main.ts allow|remove <resource id of the site> [<address>]
const [action, site = '', address = ''] = process.argv.slice(2);
const url = `${site}/config/web?api-version=2025-03-01`;

function callAzure(...args: readonly string[]): unknown {
  return JSON.parse(execFileSync('az', ['rest', '--url', url, ...args], { encoding: 'utf8' })) as unknown;
}

/** Sends the rules and nothing else: Flex Consumption refuses other properties of a configuration that is read and sent back. */
const sendRules = (properties: AccessRules): unknown =>
  callAzure('--method', 'patch', '--body', JSON.stringify({ properties }));

try {
  if (!/^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.Web\/sites\/[\w-]+$/.test(site))
    throw new Error(
      `Not the resource id of a site: ${site}. Expected /subscriptions/…/providers/Microsoft.Web/sites/<name>`,
    );
  if (action === 'allow') {
    const range = readAddress(address);
    if (!isIn(sendRules(letIn(callAzure('--method', 'get'), range)))) throw new Error('Azure did not keep the rule');
    console.log(`${range} may reach the app and its deployment site.`);
  } else if (action === 'remove') {
    if (isLeft(sendRules(shutOut(callAzure('--method', 'get'))))) throw new Error('Azure kept the rule of the runner');
    console.log('The runner has no rule any more.');
  } else throw new Error(`Unknown action ${String(action)}. Expected allow or remove`);
} catch (error) {
  console.error(error instanceof Error ? error.message : 'az failed');
  process.exitCode = 1;
}
