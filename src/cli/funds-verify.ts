import { defineCommand } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { verifyAll } from '../modules/funds/public.ts'

export default defineCommand({
  summary: '验账：沿哈希链核对每张已记账凭证，并核对每个月的全部恒等式',
  usage: '',
  options: {},
  async run(desk) {
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
