import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/appraisal', load: () => import('./Rounds.tsx'), name: 'Rounds' },
    { path: '/appraisal/new', load: () => import('./EditRound.tsx'), name: 'NewRound' },
    { path: '/appraisal/commentators', load: () => import('./Commentators.tsx'), name: 'Commentators' },
    { path: '/appraisal/commentators/$id', load: () => import('./Commentators.tsx'), name: 'Commentators' },
    { path: '/appraisal/rounds/$id', load: () => import('./Round.tsx'), name: 'RoundPage' },
    { path: '/appraisal/rounds/$id/edit', load: () => import('./EditRound.tsx'), name: 'EditRound' },
    { path: '/appraisal/rounds/$id/papers/$group', load: () => import('./CountPaper.tsx'), name: 'CountPaper' },
    { path: '/appraisal/rounds/$id/form', load: () => import('./PrintForm.tsx'), name: 'PrintForm', bare: true },
    { path: '/appraisal/rounds/$id/results', load: () => import('./Results.tsx'), name: 'ResultsPage' },
    { path: '/appraise', load: () => import('./Appraise.tsx'), name: 'Appraise', bare: true },
  ],
  menu: [
    {
      group: '民主管理',
      to: '/appraisal',
      title: '民主评议',
      icon: 'star',
      permissions: ['appraisal.read'],
      order: 60,
    },
  ],
})
