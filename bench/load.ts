import { readdirSync, readFileSync } from 'node:fs'
import type { ElectionHouse } from '../src/demo/secret-election.ts'

/** Processor time in milliseconds, by who used it; the voters' phones are counted by their own thread. */
export interface Load {
  /** The server's process with the voters' thread in it. */
  here: number
  registrar: number
  box: number
  postgres: number
}

/** From /proc: fields 14 and 15 of a process, and 16 and 17 of its children that have ended; in hundredths of a second. */
function used(pid: number | string, childrenToo = false): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return [11, 12, ...(childrenToo ? [13, 14] : [])].reduce((sum, at) => sum + Number(fields[at]), 0) * 10
}

const parentOf = (pid: string): number => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return Number(text.slice(text.lastIndexOf(')') + 2).split(' ')[1])
}

const quietly = <Value>(work: () => Value, otherwise: Value): Value => {
  try {
    return work()
  } catch {
    return otherwise
  }
}

/** What everybody has used up to now. Linux only; elsewhere all but `here` stay zero. */
export async function loadOf(house: ElectionHouse): Promise<Load> {
  const { user, system } = process.cpuUsage()
  const { rows } = await house.owner.query<{ pid: number }>('select pg_backend_pid() as pid')
  const postmaster = quietly(() => parentOf(String(rows[0]!.pid)), 0)
  const backends = quietly(
    () => readdirSync('/proc').filter((name) => /^\d+$/.test(name) && quietly(() => parentOf(name), -1) === postmaster),
    [],
  )
  const postgres = backends.reduce((sum, pid) => sum + quietly(() => used(pid), 0), 0)
  return {
    here: (user + system) / 1000,
    registrar: quietly(() => used(house.registrarPid), 0),
    box: quietly(() => used(house.boxPid), 0),
    postgres: postgres + quietly(() => used(postmaster, true), 0),
  }
}

export const loadBetween = (from: Load, to: Load): Load => ({
  here: to.here - from.here,
  registrar: to.registrar - from.registrar,
  box: to.box - from.box,
  postgres: to.postgres - from.postgres,
})
