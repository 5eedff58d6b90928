/** Numbers of the processes whose working directory is this one; undefined where the system does not tell. */
export function processesInside(folder: string): number[] | undefined;
