/** The version of Ray in an image of the Ray project, which has it in its tag; undefined for any other. */
export function rayVersionOfImage(image: string): string | undefined {
  return /(?:^|\/)rayproject\/ray[-\w]*:v?(\d+\.\d+\.\d+)/.exec(image)?.[1];
}
