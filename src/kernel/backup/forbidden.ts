import path from 'node:path'

/** Each file in this folder forbids copies of the installation and says why, in Chinese: a ballot box is open. */
export const forbiddenFolder = (dataDir: string): string => path.join(dataDir, 'no-backup')
