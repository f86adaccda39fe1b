/** Whether an error of Node says this: `ENOENT`, `EEXIST` … */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
