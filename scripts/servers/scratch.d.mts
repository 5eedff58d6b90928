export function openScratch(): Promise<{ readonly folder: string; remove(): void }>;
