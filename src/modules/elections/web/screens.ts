import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/elections', load: () => import('./Elections.tsx'), name: 'Elections' },
    { path: '/elections/new', load: () => import('./PlanForm.tsx'), name: 'NewElection' },
    { path: '/elections/terms', load: () => import('./Terms.tsx'), name: 'ElectionTerms' },
    { path: '/elections/$id', load: () => import('./Election.tsx'), name: 'ElectionPage' },
    { path: '/elections/$id/plan', load: () => import('./PlanForm.tsx'), name: 'EditPlan' },
    { path: '/elections/$id/print', load: () => import('./PrintResult.tsx'), name: 'PrintResult', bare: true },
  ],
  menu: [
    {
      group: '民主管理',
      to: '/elections',
      title: '工会选举',
      icon: 'check',
      permissions: ['elections.read'],
      order: 20,
    },
  ],
})
