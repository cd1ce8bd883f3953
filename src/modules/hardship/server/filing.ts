import type { Actor } from '../../../kernel/access/actor.ts'
import type { Tx } from '../../../kernel/db/database.ts'
import { keepRecords } from '../../../kernel/register/kept.ts'
import { householdsOf } from '../../members/public.ts'
import { files } from '../registers/files.ts'
import type { FileRow, Version } from './files.ts'

/** What was done with a file, as it counts in 困难职工档案: opened, renewed, sorted anew, lifted. */
export type Filed = '新建档' | '复核续档' | '调整类别' | '返困重建' | '脱困退出'

/** Files one line of the register: the family as the version found it. */
export async function fileDeed(
  tx: Tx,
  actor: Actor,
  file: FileRow,
  version: Version,
  action: Filed,
  onDay: string,
  exitReason?: string,
): Promise<void> {
  const households = await householdsOf(tx, [{ personId: file.personId, unitId: file.unitId }])
  await keepRecords(tx, actor, files, [
    {
      keptBy: `hardship/files/${file.id}/${version.no}`,
      draft: {
        unitId: file.unitId,
        happenedOn: onDay,
        personId: file.personId,
        householdId: households.get(file.personId)!,
        fields: {
          action,
          category: file.category,
          ground: version.ground,
          familySize: version.familySize,
          perCapita: Math.max(0, version.verdict.perCapitaFen),
          electronic: true,
          published: action === '新建档' || action === '返困重建',
          ...(file.reviewOn && action !== '脱困退出' && { reviewOn: file.reviewOn }),
          ...(exitReason && { exitReason }),
          ...(version.visitors && { checkedBy: version.visitors }),
        },
      },
    },
  ])
}
