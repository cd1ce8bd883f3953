import { operator } from '../kernel/access/actor.ts'
import { audit } from '../kernel/audit/audit.ts'
import { defineCommand } from '../kernel/cli/command.ts'

export default defineCommand({
  summary: '换上新版本后升级数据库（先自动备份）',
  usage: '',
  help: '数据库有变动时先备份到 DATA_DIR/backups，备份成功才开始升级。npm start 也会这样做；本命令用于不启动服务时升级。',
  options: {},
  async run(desk) {
    const house = await desk.open()
    if (!house.applied.length) return desk.print('数据库已是最新，无需升级。')
    await house.services.db.transaction().execute((tx) =>
      audit(tx, operator(), {
        action: 'backup.upgrade',
        objectKind: 'database',
        summary: `升级数据库 ${house.applied.length} 步`,
        detail: { applied: house.applied },
      }),
    )
    desk.print(`已升级 ${house.applied.length} 步：${house.applied.join('、')}`)
  },
})
