import { spawnSync } from 'node:child_process';

/** The shell blocks of a Markdown text. */
export const readBlocks = (markdown: string): string[] =>
  [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');

/** The commands of all blocks that begin with the given words, continued lines joined. */
export const readCommands = (markdown: string, start: string): string[] =>
  readBlocks(markdown)
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split(/\n|; /))
    .map((line) => line.trim())
    .filter((line) => line.startsWith(start));

/** What a shell says about blocks that it cannot parse. */
export const checkSyntax = (markdown: string): string[] =>
  readBlocks(markdown).flatMap((block) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
    return status === 0 ? [] : [stderr];
  });

const option = (command: string, name: string): string =>
  new RegExp(`--${name} ("[^"]*"|'[^']*'|\\S+)`).exec(command)?.[1]?.replaceAll(/["']/g, '') ?? '';

/** Roles of people and of the workflow stand at the resource group, where no lock blocks their removal, and are removed again. */
export function checkAssignments(markdown: string): string[] {
  const given = readCommands(markdown, 'az role assignment create');
  const removed = readCommands(markdown, 'az role assignment delete');
  const people = given.filter((command) => option(command, 'assignee-principal-type') === 'User');
  return [
    ...[...given, ...removed].filter((command) => option(command, 'scope') !== '$GROUP_ID'),
    ...people.filter((one) => !removed.some((other) => option(other, 'role') === option(one, 'role'))),
    ...given.filter((one) => !people.includes(one) && option(one, 'role') !== 'Contributor'),
    ...(people.length > 1 && /^GROUP_ID=\$\(az group show /m.test(markdown) ? [] : ['who is the group?']),
  ];
}

/** Commands that Flex Consumption or auth V2 refuse, and an OIDC subject that is written down. */
export const checkRefused = (markdown: string): string[] =>
  [/access-restriction/, /az webapp auth/, /subject\\?":\\?"repo:/, /repo:<owner>/].flatMap((pattern) =>
    pattern.test(markdown) ? [`not with today's services: ${String(pattern)}`] : [],
  );

/** An environment of GitHub that another branch than `main` can deploy to, and an identity that others can sign in as. */
export function checkEnvironment(markdown: string): string[] {
  const calls = readCommands(markdown, 'gh api --method');
  const custom = calls.some(
    (one) => one.includes('[custom_branch_policies]=true') && one.includes("/environments/dev'"),
  );
  const policies = calls.filter((one) => one.includes('/deployment-branch-policies'));
  const subjects = [...markdown.matchAll(/\\"subject\\":\\"([^\\]+)\\"/g)].map(([, subject]) => subject);
  return [
    ...(custom ? [] : ['the environment takes any branch']),
    ...(policies.length === 1 && policies[0]?.includes(' -f name=main ') ? [] : ['not main alone']),
    ...(subjects.join() === '$SUBJECT:environment:dev' ? [] : ['the credential is not bound to the environment']),
  ];
}
