import { defineCommand } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { checkArchive, verifyAll } from '../modules/funds/public.ts'

export default defineCommand({
  summary: '验账：沿哈希链核对每张已记账凭证，并核对每个月的全部恒等式',
  usage: '[--archive 档案包.zip]',
  help: '--archive 只核对一个会计档案包，不连接数据库：逐个文件对照清单，重算每张凭证的校验码。清单校验码应与操作日志中导出时记下的一致。',
  options: { archive: { type: 'string' } },
  async run(desk, given) {
    if (given.archive) {
      const { files, vouchers, seal, faults } = await checkArchive(given.archive)
      for (const fault of faults) desk.print(`  ${fault}`)
      if (faults.length) throw refused('archive-damaged', `档案包有 ${faults.length} 处问题。`)
      desk.print(`${files} 个文件与清单一致，${vouchers} 张凭证的校验码重算无误。`)
      desk.print(`清单校验码 ${seal}`)
      return
    }
    const { services } = await desk.open()
    const findings = await verifyAll(services.db)
    let faults = 0
    for (const { book, vouchers, faults: found } of findings) {
      faults += found.length
      desk.print(
        `${book.unitName}（${book.unitCode}）：${vouchers} 张凭证，${found.length ? `${found.length} 处问题` : '完好'}`,
      )
      for (const fault of found) desk.print(`  ${fault}`)
    }
    if (faults) throw refused('books-damaged', `核对了 ${findings.length} 个账套，有 ${faults} 处问题。`)
    desk.print(`核对了 ${findings.length} 个账套，全部完好。`)
  },
})
