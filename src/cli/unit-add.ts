import { operator } from '../kernel/access/actor.ts'
import { defineCommand, required, UsageError } from '../kernel/cli/command.ts'
import { addUnit, UNIT_TYPES, unitTypeOf } from '../modules/organisation/public.ts'

export default defineCommand({
  summary: '建立一个单位（总工会、基层工会、分工会、小组……）',
  usage: '--code 编号 --name 名称 --type 类型 [--parent 上级编号] [--founded 2020-05-01]',
  help: `类型：${Object.entries(UNIT_TYPES)
    .map(([type, { title }]) => `${type}（${title}）`)
    .join('、')}。可用英文代号，也可用中文。`,
  options: {
    code: { type: 'string' },
    name: { type: 'string' },
    type: { type: 'string' },
    parent: { type: 'string' },
    founded: { type: 'string' },
  },
  async run(desk, given) {
    const type = unitTypeOf(required(given, 'type'))
    if (!type) throw new UsageError(`没有“${given.type}”这种单位类型。`)
    if (given.founded && !/^\d{4}-\d{2}-\d{2}$/.test(given.founded))
      throw new UsageError('--founded 应写成 2020-05-01 的样式。')
    const draft = {
      code: required(given, 'code'),
      name: required(given, 'name'),
      type,
      parentCode: given.parent,
      foundedOn: given.founded,
    }
    const { services } = await desk.open()
    const unit = await services.db.transaction().execute((tx) => addUnit(tx, operator(), draft))
    desk.print(`已建立“${unit.name}”（${unit.code}）。`)
  },
})
