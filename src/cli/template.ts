import { defineCommand, required, UsageError } from '../kernel/cli/command.ts'
import { catalogue } from '../kernel/register/registry.ts'
import { importKinds } from '../imports.ts'

export default defineCommand({
  summary: '生成导入用的空白工作簿：members 会员花名册，ledger 台账',
  usage: 'members|ledger [--registers 登记簿,登记簿] --out 文件.xlsx',
  help: '登记簿用编号（如 care.visit）或名称，逗号分隔；不写则包括全部登记簿。格式说明见 docs/import.md。',
  options: { registers: { type: 'string' }, out: { type: 'string' } },
  words: { min: 1, max: 1 },
  async run(desk, given, [kindName]) {
    const out = required(given, 'out')
    const house = await desk.open()
    const kind = importKinds(desk.installation.dataDir).find((one) => one.kind === kindName)
    if (!kind) throw new UsageError(`没有“${kindName}”这种模板，请写 members 或 ledger。`)
    const known = await catalogue(house.services.db)
    const all = [...known.registers.values()]
    const wanted = given.registers
      ? given.registers.split(',').map((name) => {
          const found = all.find((register) => register.id === name.trim() || register.title === name.trim())
          if (!found) throw new UsageError(`没有“${name.trim()}”这本登记簿。全部登记簿见 docs/registers.md。`)
          return found
        })
      : all
    await kind.template(out, { registerObjects: wanted })
    desk.print(`已写出${kind.title}模板：${out}`)
  },
})
