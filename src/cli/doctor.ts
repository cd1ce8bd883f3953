import { defineCommand } from '../kernel/cli/command.ts'
import { Problem } from '../kernel/contract/problem.ts'
import { examine } from '../kernel/backup/doctor.ts'

const marks = { ok: '✓', warn: '！', bad: '✗' } as const

export default defineCommand({
  summary: '检查这套安装：数据库账户、迁移、磁盘、密钥和备份',
  usage: '',
  help: '每行一项：✓ 正常，！ 提醒，✗ 必须处理。有 ✗ 时退出码为 1。不改动任何内容。',
  options: {},
  async run(desk) {
    const database = await desk.openAsIs()
    const findings = await examine(desk.installation, database)
    for (const finding of findings) desk.print(`${marks[finding.level]} ${finding.sentence}`)
    const bad = findings.filter((finding) => finding.level === 'bad').length
    if (bad) throw new Problem(422, 'unhealthy', `有 ${bad} 项必须处理。`)
  },
})
