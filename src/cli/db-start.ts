import path from 'node:path'
import { defineCommand, required, wholeNumber } from '../kernel/cli/command.ts'
import { startEmbedded } from '../kernel/db/embedded.ts'

export default defineCommand({
  summary: '在一个端口上开一个独立的内置数据库，用来试用 DATABASE_URL',
  usage: '--port 端口 [--dir 文件夹]',
  help: [
    '只监听 127.0.0.1。数据放在 DATA_DIR/database-server（或 --dir），与 npm start 自用的数据库互不相干。',
    '标准输出给出 DATABASE_URL=… 一行；按 Ctrl-C 停止。',
  ].join('\n'),
  options: { port: { type: 'string' }, dir: { type: 'string' } },
  async run(desk, given) {
    const port = wholeNumber('port', required(given, 'port'), 1, 65_535)
    const folder = path.resolve(given.dir ?? path.join(desk.installation.dataDir, 'database-server'))
    const server = await startEmbedded({ dataDir: folder, port, say: desk.say })
    desk.closing(() => server.stop())
    desk.print(`DATABASE_URL=${server.ownerUrl}`)
    desk.say('数据库已启动，按 Ctrl-C 停止。')
    // Until a signal ends the process.
    await new Promise(() => setInterval(() => {}, 60_000))
  },
})
