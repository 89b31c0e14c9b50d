/** Names of the two secrets of a domain; `base` is its full name with hyphens for dots. */
export function secretNames(base: string): { userName: string; password: string } {
  return { userName: `${base}-admin-username`, password: `${base}-admin-password` };
}

/** The sign-in name of a domain's first administrator, unless Partner Center names another. */
export function adminUserName(domain: string): string {
  return `admin@${domain}`;
}
