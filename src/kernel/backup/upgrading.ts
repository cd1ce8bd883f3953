import path from 'node:path'
import type { Installation } from '../config.ts'
import { backup } from './backup.ts'

/**
 * What happens before a database with data in it is changed by a new version: a backup under `DATA_DIR/backups`. If the
 * backup fails, the upgrade doesn't begin.
 */
export const upgrading =
  (installation: Installation, say: (line: string) => void) =>
  async (ownerUrl: string): Promise<void> => {
    say('升级前先自动备份 …')
    const made = await backup({
      ownerUrl,
      dataDir: installation.dataDir,
      out: path.join(installation.dataDir, 'backups/'),
      say,
    })
    say(`已备份到 ${made.file}。`)
  }
