import { spawnSync } from 'node:child_process';

/** The shell blocks of a Markdown text. */
export const readBlocks = (markdown: string): string[] =>
  [...markdown.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');

/** The commands in all blocks that start with the given words, with continued lines joined. */
export const readCommands = (markdown: string, start: string): string[] =>
  readBlocks(markdown)
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, '').split(/\n|; /))
    .map((line) => line.trim())
    .filter((line) => line.startsWith(start));

/** Errors of the shell for blocks that it cannot parse. */
export const checkSyntax = (markdown: string): string[] =>
  readBlocks(markdown).flatMap((block) => {
    const { status, stderr } = spawnSync('bash', ['-n'], { input: block, encoding: 'utf8' });
    return status === 0 ? [] : [stderr];
  });

const option = (command: string, name: string): string =>
  new RegExp(`--${name} ("[^"]*"|'[^']*'|\\S+)`).exec(command)?.[1]?.replaceAll(/["']/g, '') ?? '';

/** Complaints unless roles are assigned at the resource group, where no lock blocks their removal, and people's roles are removed again. */
export function checkAssignments(markdown: string): string[] {
  const given = readCommands(markdown, 'az role assignment create');
  const removed = readCommands(markdown, 'az role assignment delete');
  const people = given.filter((command) => option(command, 'assignee-principal-type') === 'User');
  return [
    ...[...given, ...removed].filter((command) => option(command, 'scope') !== '$GROUP_ID'),
    ...people.filter((one) => !removed.some((other) => option(other, 'role') === option(one, 'role'))),
    ...given.filter((one) => !people.includes(one) && option(one, 'role') !== 'Contributor'),
    ...(people.length > 1 && /^GROUP_ID=\$\(az group show /m.test(markdown)
      ? []
      : ['GROUP_ID is not the id of the resource group']),
  ];
}

/** Commands that fail on Flex Consumption or with auth V2, and a hard-coded OIDC subject. */
export const checkRefused = (markdown: string): string[] =>
  [/access-restriction/, /az webapp auth/, /subject\\?":\\?"repo:/, /repo:<owner>/].flatMap((pattern) =>
    pattern.test(markdown) ? [`this command fails: ${String(pattern)}`] : [],
  );

/** Complaints unless the GitHub environment is restricted to `main` and the credential to this environment. */
export function checkEnvironment(markdown: string): string[] {
  const calls = readCommands(markdown, 'gh api --method');
  const custom = calls.some(
    (one) => one.includes('[custom_branch_policies]=true') && one.includes("/environments/dev'"),
  );
  const policies = calls.filter((one) => one.includes('/deployment-branch-policies'));
  const subjects = [...markdown.matchAll(/\\"subject\\":\\"([^\\]+)\\"/g)].map(([, subject]) => subject);
  return [
    ...(custom ? [] : ['the environment accepts any branch']),
    ...(policies.length === 1 && policies[0]?.includes(' -f name=main ')
      ? []
      : ['the environment accepts other branches than main']),
    ...(subjects.join() === '$SUBJECT:environment:dev' ? [] : ['the credential is not restricted to the environment']),
  ];
}
