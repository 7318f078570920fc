import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, it } from 'node:test';
import { namespaceListeners, ownedBy, parseListeners } from './listeners.ts';

const TCP = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 8110 1 0000000000000000 100 0 0 10 0
   1: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 8111 1 0000000000000000 100 0 0 10 0
   2: 0100007F:C350 0100007F:240D 01 00000000:00000000 00:00000000 00000000     0        0 8112 1 0000000000000000 20 4 30 10 -1
`;

const TCP6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:240D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 8120 1 0000000000000000 100 0 0 10 0
   1: B80D01200000000000000000EFCDAB89:01BB 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 8121 1 0000000000000000 100 0 0 10 0
`;

describe('listening sockets', () => {
  it('are those in state LISTEN, with their address as a URL has it', () => {
    assert.deepEqual(parseListeners(TCP), [
      { address: '127.0.0.1', port: 9229, inode: '8110' },
      { address: '0.0.0.0', port: 80, inode: '8111' },
    ]);
    assert.deepEqual(parseListeners(TCP6), [
      { address: '[::1]', port: 9229, inode: '8120' },
      { address: '[2001:db8::89ab:cdef]', port: 443, inode: '8121' },
    ]);
    assert.deepEqual(parseListeners(''), []);
  });

  it('of a process are found by its descriptors', async (t) => {
    const server = createServer().listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    const own = ownedBy('/proc', process.pid, namespaceListeners('/proc', process.pid));
    assert.ok(own.some((listener) => listener.port === port && listener.address === '127.0.0.1'));
    assert.ok(!ownedBy('/proc', 1, own).some((listener) => listener.port === port));
  });

  it('of a process that is gone are none', () => {
    const gone = 2 ** 22 - 1;
    assert.deepEqual(namespaceListeners('/proc', gone), []);
    assert.deepEqual(ownedBy('/proc', gone, parseListeners(TCP)), []);
  });
});
