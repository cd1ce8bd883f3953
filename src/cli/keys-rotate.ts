import { operator } from '../kernel/access/actor.ts'
import { defineCommand } from '../kernel/cli/command.ts'
import { rotateKeys } from '../kernel/crypto/rotate.ts'

export default defineCommand({
  summary: '轮换主密钥：生成新一版密钥，并把全部加密字段改用新密钥',
  usage: '',
  help: [
    '不需要停机；中断后再运行一次即可接着做。旧版密钥仍留在 DATA_DIR/secrets/master-key.json 中，旧备份要用它。',
    '密钥由 ZHIJIA_MASTER_KEY 给出时，请先在其最前面加上“新版本号:新密钥,”并重启服务，再运行本命令。',
  ].join('\n'),
  options: {},
  async run(desk) {
    const house = await desk.open()
    const { dataDir } = desk.installation
    const done = await rotateKeys(house.services.db, dataDir, operator(), { report: desk.say })
    desk.print(`已换用第 ${done.version} 版主密钥，重新加密 ${done.resealed} 个值。`)
    desk.say('请把新的 master-key.json 另外备份，与数据备份分开保存。')
  },
})
