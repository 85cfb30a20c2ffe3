import { describe, expect, test } from 'vitest'
import { accountingCommands, databaseAccountSql, gresConf, slurmConf, slurmdbdConf } from './cluster-files.ts'
import { checkDescription, demoDescription, nodesOf, type SlurmDescription } from './slurm-description.ts'

const TWO: SlurmDescription = {
  chipsPerNode: 8,
  sites: [
    { site: 'north', limitKw: 10.5, pools: [{ chip: 'a910b', nodes: 1 }] },
    { site: 'West', limitKw: 0, pools: [{ chip: 'mlu370', nodes: 1 }] },
  ],
}

describe('the files of a cluster', () => {
  test('slurm.conf: a partition a site, a node line with chips, port and features', () => {
    expect(slurmConf(TWO).split('\n').slice(-8)).toEqual([
      'AcctGatherEnergyType=acct_gather_energy/none',
      'JobAcctGatherType=jobacct_gather/none',
      'TreeWidth=50',
      'NodeName=n1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=27001 CPUs=16 RealMemory=4000 Gres=gpu:a910b:8 Feature=north,a910b State=UNKNOWN',
      'NodeName=n2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=27002 CPUs=16 RealMemory=4000 Gres=gpu:mlu370:8 Feature=West,mlu370 State=UNKNOWN',
      'PartitionName=north Nodes=n1 Default=YES MaxTime=INFINITE State=UP',
      'PartitionName=West Nodes=n2 Default=NO MaxTime=INFINITE State=UP',
      '',
    ])
  })

  test('daemons of Slurm bind the loopback address, and tree width grows with the nodes', () => {
    const text = slurmConf(demoDescription(275))
    expect(text).toContain('CommunicationParameters=NoInAddrAny,NoCtldInAddrAny\n')
    expect(text).toContain('TreeWidth=300\n')
    expect(text.match(/^NodeName=/gm)).toHaveLength(275)
    expect(new Set(text.match(/Port=27\d+/g)).size).toBe(275)
  })

  test('gres.conf names one device file a chip', () => {
    expect(gresConf(TWO).split('\n')[0]).toBe('NodeName=n1 Name=gpu Type=a910b File=/media/slurm/dev/chip[0-7]')
    expect(gresConf({ ...TWO, chipsPerNode: 1 })).toContain('File=/media/slurm/dev/chip0\n')
  })

  test('the password stands in slurmdbd.conf and in the account of the database, nowhere else', () => {
    expect(slurmdbdConf('s3cret')).toContain('StoragePass=s3cret\n')
    expect(databaseAccountSql('s3cret')).toContain("IDENTIFIED BY 's3cret'")
    expect(slurmConf(TWO)).not.toContain('s3cret')
  })

  test('the power of a site is a remote licence in watts, in small letters', () => {
    const commands = accountingCommands(TWO, 'nobody').map((words) => words.join(' '))
    expect(commands.slice(3)).toEqual([
      'add resource name=watts_north server=grid servertype=dengta type=license count=10500 cluster=dengta percentallowed=100',
      'add resource name=watts_west server=grid servertype=dengta type=license count=0 cluster=dengta percentallowed=100',
    ])
  })
})

describe('the description of a cluster', () => {
  test('nodes are numbered through all pools', () => {
    expect(nodesOf(demoDescription(3)).map(({ name, site }) => `${name} ${site}`)).toEqual([
      'n1 north',
      'n2 north',
      'n3 west',
    ])
    expect(demoDescription(1).sites).toHaveLength(1)
  })

  const north = TWO.sites[0]!
  test.each<[string, SlurmDescription, string]>([
    ['no site', { ...TWO, sites: [] }, 'sites'],
    ['no chip', { ...TWO, chipsPerNode: 0 }, 'chipsPerNode'],
    ['a site that would end a line', { ...TWO, sites: [{ ...north, site: 'a\nLicenses=x' }] }, 'sites[0].site'],
    ['a site that would end a word', { ...TWO, sites: [{ ...north, site: 'a b' }] }, 'sites[0].site'],
    ['two sites that differ by case only', { ...TWO, sites: [north, { ...north, site: 'NORTH' }] }, 'sites[1].site'],
    ['negative power', { ...TWO, sites: [{ ...north, limitKw: -1 }] }, 'sites[0].limitKw'],
    ['power that is no number', { ...TWO, sites: [{ ...north, limitKw: Number.NaN }] }, 'sites[0].limitKw'],
    ['a site without chips', { ...TWO, sites: [{ ...north, pools: [] }] }, 'sites[0].pools'],
    [
      'a chip that is a list',
      { ...TWO, sites: [{ ...north, pools: [{ chip: 'a,b', nodes: 1 }] }] },
      'sites[0].pools[0].chip',
    ],
    ['half a node', { ...TWO, sites: [{ ...north, pools: [{ chip: 'a', nodes: 0.5 }] }] }, 'sites[0].pools[0].nodes'],
    [
      'too many nodes in all',
      {
        ...TWO,
        sites: [
          {
            ...north,
            pools: [
              { chip: 'a', nodes: 1500 },
              { chip: 'b', nodes: 1500 },
            ],
          },
        ],
      },
      'sites',
    ],
  ])('%s is refused where it stands', (_, description, path) => {
    expect(() => checkDescription(description)).toThrow(
      expect.objectContaining({ code: 'slurm.bad_description', details: expect.objectContaining({ path }) }),
    )
  })
})
