// The conformance suite's chaincode over Node's fabric-shim, function by function as the Java one does it.
// Usage: node rig.js HOST:PORT PACKAGE-ID
'use strict';

const { randomUUID } = require('node:crypto');
const shim = require('fabric-shim');

const text = (bytes) => Buffer.from(bytes ?? '').toString('utf8');
const bytes = (value) => Buffer.from(value, 'utf8');
const hex = (value) => Buffer.from(value ?? '').toString('hex');

async function results(iterator) {
  const found = [];
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (next.value) found.push(next.value);
    if (next.done) break;
  }
  await iterator.close();
  return found;
}

const keys = async (iterator) => (await results(iterator)).map((result) => result.key).join(',');

function time(stub) {
  const { seconds, nanos } = stub.getTxTimestamp();
  return `${seconds}.${String(nanos).padStart(9, '0')}`;
}

const functions = {
  async put(stub, key, value) {
    await (value === '' ? stub.deleteState(key) : stub.putState(key, bytes(value)));
    stub.setEvent('put', bytes(key));
    return '';
  },
  async get(stub, key) {
    const value = await stub.getState(key);
    if (value.length === 0) throw new Error(`no such key: ${key}`);
    return text(value);
  },
  async create(stub, key, value) {
    if ((await stub.getState(key)).length > 0) throw new Error(`${key} exists`);
    await stub.putState(key, bytes(value));
    return '';
  },
  async length(stub, key) {
    return String((await stub.getState(key)).length);
  },
  async delete(stub, key) {
    await stub.deleteState(key);
    return '';
  },
  async putGet(stub, key, value) {
    const before = text(await stub.getState(key));
    await stub.putState(key, bytes(value));
    return `before=${before} after=${text(await stub.getState(key))}`;
  },
  async putTwice(stub, key, first, second) {
    await stub.putState(key, bytes(first));
    await stub.putState(key, bytes(second));
    return '';
  },
  async fill(stub, prefix, count) {
    for (let i = 0; i < Number(count); i++) await stub.putState(prefix + String(i).padStart(4, '0'), bytes(`v${i}`));
    return '';
  },
  async bind(stub, key, policy) {
    await stub.setStateValidationParameter(key, Buffer.from(policy, 'hex'));
    return '';
  },
  async policy(stub, key) {
    return hex(await stub.getStateValidationParameter(key));
  },
  async random(stub, key) {
    await stub.putState(key, bytes(randomUUID()));
    return '';
  },
  async randomAnswer(stub, key) {
    await stub.putState(key, bytes('same'));
    return randomUUID();
  },
  async range(stub, start, end) {
    return keys(await stub.getStateByRange(start, end));
  },
  async count(stub, start, end, result) {
    const size = String((await results(await stub.getStateByRange(start, end))).length);
    await stub.putState(result, bytes(size));
    return size;
  },
  async first(stub, start, end, result) {
    const iterator = await stub.getStateByRange(start, end);
    const { value } = await iterator.next();
    await iterator.close();
    await stub.putState(result, bytes(value ? value.key : ''));
    return value ? value.key : '';
  },
  async changeThenRange(stub, written, deleted, start, end) {
    await stub.putState(written, bytes('own'));
    await stub.deleteState(deleted);
    return keys(await stub.getStateByRange(start, end));
  },
  async page(stub, start, end, size, bookmark) {
    const { iterator, metadata } = await stub.getStateByRangeWithPagination(start, end, Number(size), bookmark);
    return `${await keys(iterator)}|${metadata.fetchedRecordsCount}|${metadata.bookmark}`;
  },
  async query(stub) {
    return keys(await stub.getQueryResult('{"selector":{}}'));
  },
  async putComposite(stub, type, first, second) {
    await stub.putState(stub.createCompositeKey(type, [first, second]), bytes('c'));
    return '';
  },
  async composites(stub, type, attribute) {
    const found = await results(await stub.getStateByPartialCompositeKey(type, [attribute]));
    return found.map((result) => stub.splitCompositeKey(result.key).attributes.join('/')).join(',');
  },
  async history(stub, key) {
    const changes = await results(await stub.getHistoryForKey(key));
    return changes
      .map(({ txId, isDelete, value, timestamp }) => {
        const nanos = String(timestamp.nanos).padStart(9, '0');
        return `${txId} ${isDelete ? 'deleted' : text(value)} ${timestamp.seconds}.${nanos}`;
      })
      .join(',');
  },
  async historyThenPut(stub, key, written) {
    const size = String((await results(await stub.getHistoryForKey(key))).length);
    await stub.putState(written, bytes(size));
    return size;
  },
  async who(stub) {
    const client = new shim.ClientIdentity(stub);
    return `${client.getMSPID()} ${client.getID()} txTime=${time(stub)}`;
  },
  async attribute(stub, name) {
    return new shim.ClientIdentity(stub).getAttributeValue(name) ?? 'none';
  },
  async time(stub, key) {
    await stub.putState(key, bytes(time(stub)));
    return time(stub);
  },
  async transientValue(stub, name) {
    const value = stub.getTransient().get(name);
    return value === undefined ? 'none' : text(value);
  },
  async twoEvents(stub, key) {
    await stub.putState(key, bytes('told'));
    stub.setEvent('first', bytes('1'));
    stub.setEvent('second', bytes('2'));
    return '';
  },
  async readThenEvent(stub, key) {
    const value = text(await stub.getState(key));
    await stub.putState(key, bytes(`${value}+`));
    stub.setEvent('read', bytes(key));
    return value;
  },
  async quiet(stub, key) {
    await stub.putState(key, bytes('quiet'));
    return '';
  },
  async eventThenFail(stub, message) {
    stub.setEvent('lost', bytes(message));
    throw new Error(message);
  },
  async fail(_stub, message) {
    throw new Error(message);
  },
  async call(stub, chaincode, channel, args) {
    const answer = await stub.invokeChaincode(chaincode, args.split('|'), channel);
    stub.setEvent('caller', bytes('called'));
    return `${answer.status} ${answer.status < 400 ? text(answer.payload) : answer.message}`;
  },
};

const rig = {
  async Init() {
    return shim.success();
  },
  async Invoke(stub) {
    const { fcn, params } = stub.getFunctionAndParameters();
    const run = functions[fcn];
    if (!run) return shim.error(`no function ${fcn}`);
    try {
      return shim.success(bytes(await run(stub, ...params)));
    } catch (failure) {
      return shim.error(failure.message);
    }
  },
};

const [address, ccid] = process.argv.slice(2);
shim.server(rig, { ccid, address }).start();
// it ends with its parent
process.stdin.on('end', () => process.exit(0)).resume();
