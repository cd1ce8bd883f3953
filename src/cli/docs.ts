import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { defineCommand } from '../kernel/cli/command.ts'
import { builtInRegisters } from '../kernel/register/registry.ts'
import '../modules.ts'
import { mechanismsPage, registersPage } from '../modules/registers/handbook.ts'

export default defineCommand({
  summary: '重新生成 docs/registers.md 和 docs/mechanisms.md',
  usage: '',
  options: {},
  async run(desk) {
    const folder = path.resolve(import.meta.dirname, '../../docs')
    await writeFile(path.join(folder, 'registers.md'), registersPage(builtInRegisters()))
    await writeFile(path.join(folder, 'mechanisms.md'), mechanismsPage(builtInRegisters()))
    desk.print('已生成 docs/registers.md 和 docs/mechanisms.md。')
  },
})
