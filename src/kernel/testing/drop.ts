/**
 * Drops a test's database by force, for a server under test may still be connected. PostgreSQL's own vacuum may be in
 * there too: an owner who is no superuser can't send it away, but it leaves by itself.
 * @param run executes one statement as the owner
 */
export async function dropDatabase(run: (statement: string) => Promise<unknown>, name: string): Promise<void> {
  const notOurs = '42501'
  for (let attempt = 1; ; attempt++)
    try {
      await run(`drop database if exists ${name} with (force)`)
      return
    } catch (error) {
      if ((error as { code?: string }).code !== notOurs || attempt === 50) throw error
      await new Promise((wake) => setTimeout(wake, 200))
    }
}
