import path from 'node:path'
import { operator } from '../kernel/access/actor.ts'
import { audit } from '../kernel/audit/audit.ts'
import { restore } from '../kernel/backup/restore.ts'
import { defineCommand } from '../kernel/cli/command.ts'
import { conflict } from '../kernel/contract/problem.ts'
import { keyFilePath } from '../kernel/crypto/keys.ts'
import { tryLockHouse } from '../kernel/db/house-lock.ts'

export default defineCommand({
  summary: '把备份恢复到一个空的数据文件夹或空数据库',
  usage: '文件',
  help: [
    '先核对备份文件的每一部分，有损坏就不恢复任何内容。已有内容的数据库不会被覆盖：',
    '请用 DATA_DIR=新文件夹（或 DATABASE_URL=空数据库）恢复，检查无误后再从那里启动。',
    '恢复后请把当时的主密钥放回 DATA_DIR/secrets/master-key.json。',
  ].join('\n'),
  options: {},
  words: { min: 1, max: 1 },
  async run(desk, _given, [file]) {
    const { dataDir } = desk.installation
    const lock = await tryLockHouse(dataDir, 'server')
    if (!lock) throw conflict('server-running', `职家正在使用 ${dataDir} 运行，请先停止它，再恢复。`)
    desk.closing(() => lock.release())
    const database = await desk.openAsIs()
    const result = await restore({ file: path.resolve(file!), ownerUrl: database.ownerUrl, dataDir, say: desk.say })
    const house = await desk.open()
    await house.services.db.transaction().execute((tx) =>
      audit(tx, operator(), {
        action: 'backup.restore',
        objectKind: 'backup',
        summary: `从 ${result.madeAt.slice(0, 10)} 的备份恢复：${result.rows} 行，${result.files} 个附件`,
        detail: { file: path.basename(file!), applied: result.applied },
      }),
    )
    desk.print(
      `已恢复 ${result.madeAt} 的备份：${result.tables} 张表 ${result.rows} 行，${result.files} 个附件，各表已核对。`,
    )
    if (result.applied.length) desk.print(`备份来自较早的版本，已升级 ${result.applied.length} 步。`)
    if (!result.keyFits)
      desk.say(
        `注意：这里没有当时的主密钥，加密的内容读不出来。请把它放到 ${keyFilePath(dataDir)}（权限 0600）后再启动。`,
      )
  },
})
