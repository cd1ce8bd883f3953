import { defineCommand } from '../kernel/cli/command.ts'
import { refused } from '../kernel/contract/problem.ts'
import { reconcile } from '../kernel/facts/reconcile.ts'
import { catalogue } from '../kernel/register/registry.ts'

export default defineCommand({
  summary: '核对：把每个指标的事实与台账重新计算的结果逐项比较',
  usage: '',
  options: {},
  async run(desk) {
    const house = await desk.open()
    const { db } = house.services
    const { measures, differences } = await reconcile(db, await catalogue(db))
    for (const one of differences)
      desk.print(`${one.measure} 单位 ${one.unitId} ${one.onDate}：已入账 ${one.posted}，重算 ${one.recomputed}`)
    if (differences.length)
      throw refused('not-reconciled', `核对了 ${measures} 项，有 ${differences.length} 处不一致。`)
    desk.print(`核对了 ${measures} 项，全部一致。`)
  },
})
