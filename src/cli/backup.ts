import path from 'node:path'
import { audit } from '../kernel/audit/audit.ts'
import { operator } from '../kernel/access/actor.ts'
import { backup } from '../kernel/backup/backup.ts'
import { defineCommand } from '../kernel/cli/command.ts'

export default defineCommand({
  summary: '在线备份：数据库和附件写入一个文件（不含主密钥）',
  usage: '[--out 文件夹或文件]',
  help: [
    '不需要停机。默认写到 DATA_DIR/backups。备份文件里没有主密钥：',
    '请把 DATA_DIR/secrets/master-key.json 另外保存在别处，否则恢复后加密的身份证号、电话等无法读出。',
  ].join('\n'),
  options: { out: { type: 'string' } },
  async run(desk, given) {
    const house = await desk.open()
    const { dataDir } = desk.installation
    const made = await backup({
      ownerUrl: house.ownerUrl,
      dataDir,
      out: given.out ?? path.join(dataDir, 'backups/'),
      say: desk.say,
    })
    await house.services.db.transaction().execute((tx) =>
      audit(tx, operator(), {
        action: 'backup.make',
        objectKind: 'backup',
        summary: `备份数据库和附件：${made.rows} 行，${made.files} 个附件`,
        detail: { file: path.basename(made.file), bytes: made.bytes },
      }),
    )
    desk.print(`已备份：${made.file}`)
    desk.print(
      `${made.tables} 张表 ${made.rows} 行，${made.files} 个附件，共 ${(made.bytes / 2 ** 20).toFixed(1)} MB。`,
    )
    desk.say('主密钥不在备份里，请另外保存。')
  },
})
