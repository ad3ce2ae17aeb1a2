package io.clearmarket.network.conformance.chaincode;

import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;

/** The same functions as transactions of the contract API; what each does stands with the functions themselves. */
@Contract(name = "rig")
@Default
public final class ContractRig implements ContractInterface {
    /** For the contract API. */
    public ContractRig() {}

    @Transaction
    public String put(Context context, String key, String value) {
        return StateFunctions.put(context.getStub(), key, value);
    }

    @Transaction
    public String get(Context context, String key) {
        return StateFunctions.get(context.getStub(), key);
    }

    @Transaction
    public String transition(Context context, String key, String from, String to) {
        return StateFunctions.transition(context.getStub(), key, from, to);
    }

    @Transaction
    public String create(Context context, String key, String value) {
        return StateFunctions.create(context.getStub(), key, value);
    }

    @Transaction
    public String length(Context context, String key) {
        return StateFunctions.length(context.getStub(), key);
    }

    @Transaction
    public String delete(Context context, String key) {
        return StateFunctions.delete(context.getStub(), key);
    }

    @Transaction
    public String putGet(Context context, String key, String value) {
        return StateFunctions.putGet(context.getStub(), key, value);
    }

    @Transaction
    public String putTwice(Context context, String key, String first, String second) {
        return StateFunctions.putTwice(context.getStub(), key, first, second);
    }

    @Transaction
    public String fill(Context context, String prefix, int count) {
        return StateFunctions.fill(context.getStub(), prefix, count);
    }

    @Transaction
    public String bind(Context context, String key, String policy) {
        return StateFunctions.bind(context.getStub(), key, policy);
    }

    @Transaction
    public String policy(Context context, String key) {
        return StateFunctions.policy(context.getStub(), key);
    }

    @Transaction
    public String random(Context context, String key) {
        return StateFunctions.random(context.getStub(), key);
    }

    @Transaction
    public String randomAnswer(Context context, String key) {
        return StateFunctions.randomAnswer(context.getStub(), key);
    }

    @Transaction
    public String range(Context context, String start, String end) {
        return QueryFunctions.range(context.getStub(), start, end);
    }

    @Transaction
    public String count(Context context, String start, String end, String result) {
        return QueryFunctions.count(context.getStub(), start, end, result);
    }

    @Transaction
    public String countPrefix(Context context, String type, String attribute, String result) {
        return QueryFunctions.countPrefix(context.getStub(), type, attribute, result);
    }

    @Transaction
    public String first(Context context, String start, String end, String result) throws Exception {
        return QueryFunctions.first(context.getStub(), start, end, result);
    }

    @Transaction
    public String changeThenRange(Context context, String written, String deleted, String start, String end) {
        return QueryFunctions.changeThenRange(context.getStub(), written, deleted, start, end);
    }

    @Transaction
    public String page(Context context, String start, String end, int size, String bookmark) {
        return QueryFunctions.page(context.getStub(), start, end, size, bookmark);
    }

    @Transaction
    public String pageThenPut(Context context, String start, String end, String written) {
        return QueryFunctions.pageThenPut(context.getStub(), start, end, written);
    }

    @Transaction
    public String putThenPage(Context context, String start, String end, String written) {
        return QueryFunctions.putThenPage(context.getStub(), start, end, written);
    }

    @Transaction
    public String query(Context context) {
        return QueryFunctions.query(context.getStub());
    }

    @Transaction
    public String putComposite(Context context, String type, String first, String second) {
        return QueryFunctions.putComposite(context.getStub(), type, first, second);
    }

    @Transaction
    public String composites(Context context, String type, String attribute) {
        return QueryFunctions.composites(context.getStub(), type, attribute);
    }

    @Transaction
    public String history(Context context, String key) {
        return QueryFunctions.history(context.getStub(), key);
    }

    @Transaction
    public String historyThenPut(Context context, String key, String written) {
        return QueryFunctions.historyThenPut(context.getStub(), key, written);
    }

    @Transaction
    public String who(Context context) throws Exception {
        return CallFunctions.who(context.getStub());
    }

    @Transaction
    public String attribute(Context context, String name) throws Exception {
        return CallFunctions.attribute(context.getStub(), name);
    }

    @Transaction
    public String time(Context context, String key) {
        return CallFunctions.time(context.getStub(), key);
    }

    @Transaction
    public String transientValue(Context context, String name) {
        return CallFunctions.transientValue(context.getStub(), name);
    }

    @Transaction
    public String twoEvents(Context context, String key) {
        return CallFunctions.twoEvents(context.getStub(), key);
    }

    @Transaction
    public String readThenEvent(Context context, String key) {
        return CallFunctions.readThenEvent(context.getStub(), key);
    }

    @Transaction
    public String quiet(Context context, String key) {
        return CallFunctions.quiet(context.getStub(), key);
    }

    @Transaction
    public String eventThenFail(Context context, String message) {
        return CallFunctions.eventThenFail(context.getStub(), message);
    }

    @Transaction
    public String fail(Context context, String message, String payload) {
        return CallFunctions.fail(message, payload);
    }

    @Transaction
    public String crash(Context context, String message) {
        return CallFunctions.crash(message);
    }

    @Transaction
    public String sleep(Context context, int millis) {
        return CallFunctions.sleep(millis);
    }

    @Transaction
    public String call(Context context, String chaincode, String channel, String arguments) {
        return CallFunctions.call(context.getStub(), chaincode, channel, arguments);
    }

    @Transaction
    public String putPrivate(Context context, String collection, String key, String value) {
        return PrivateFunctions.putPrivate(context.getStub(), collection, key, value);
    }

    @Transaction
    public String readPrivate(Context context, String collection, String key) {
        return PrivateFunctions.readPrivate(context.getStub(), collection, key);
    }

    @Transaction
    public String hashPrivate(Context context, String collection, String key) {
        return PrivateFunctions.hashPrivate(context.getStub(), collection, key);
    }

    @Transaction
    public String deletePrivate(Context context, String collection, String key) {
        return PrivateFunctions.deletePrivate(context.getStub(), collection, key);
    }

    @Transaction
    public String purgePrivate(Context context, String collection, String key) {
        return PrivateFunctions.purgePrivate(context.getStub(), collection, key);
    }

    @Transaction
    public String rangePrivate(Context context, String collection, String start, String end) {
        return PrivateFunctions.rangePrivate(context.getStub(), collection, start, end);
    }

    @Transaction
    public String rangePrivateThenPut(Context context, String collection, String start, String end, String written) {
        return PrivateFunctions.rangePrivateThenPut(context.getStub(), collection, start, end, written);
    }
}
