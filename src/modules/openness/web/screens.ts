import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/openness', load: () => import('./Openness.tsx'), name: 'Openness' },
    { path: '/openness/new', load: () => import('./EditItem.tsx'), name: 'NewItem' },
    { path: '/openness/items/$id', load: () => import('./ItemPage.tsx'), name: 'ItemPage' },
    { path: '/openness/items/$id/edit', load: () => import('./EditItem.tsx'), name: 'EditItem' },
    { path: '/openness/inspections/$id', load: () => import('./Openness.tsx'), name: 'InspectionOrigin' },
    { path: '/openness/coverage/$id', load: () => import('./Openness.tsx'), name: 'CoverageOrigin' },
    { path: '/print/openness/$id', load: () => import('./ItemSheet.tsx'), name: 'ItemSheet', bare: true },
    { path: '/board', load: () => import('./Board.tsx'), name: 'Board' },
    { path: '/board/$id', load: () => import('./BoardItem.tsx'), name: 'BoardItemPage' },
  ],
  menu: [
    { group: '日常', to: '/board', title: '公开栏', icon: 'columns', order: 60 },
    { group: '民主管理', to: '/openness', title: '公开工作', icon: 'eye', permissions: ['openness.read'], order: 70 },
  ],
})
