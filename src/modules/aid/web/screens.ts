import { moduleScreens } from '../../../web/screens.ts'

export default moduleScreens({
  screens: [
    { path: '/aid', load: () => import('./Programmes.tsx'), name: 'Programmes' },
    { path: '/aid/new', load: () => import('./NewProgramme.tsx'), name: 'NewProgramme' },
    { path: '/aid/programmes/$id', load: () => import('./ProgrammePage.tsx'), name: 'ProgrammePage' },
    { path: '/aid/cycles/$id', load: () => import('./CyclePage.tsx'), name: 'CyclePage' },
    { path: '/aid/mine', load: () => import('./Mine.tsx'), name: 'Mine' },
    { path: '/aid/applications/$id', load: () => import('./ApplicationPage.tsx'), name: 'ApplicationPage' },
  ],
  menu: [
    { group: '职工服务', to: '/aid', title: '帮扶项目', icon: 'people', permissions: ['aid.read'], order: 22 },
    { group: '职工服务', to: '/aid/mine', title: '我的帮扶', icon: 'people', order: 23 },
  ],
})
