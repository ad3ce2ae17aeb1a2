package io.clearmarket.network.junit;

import org.hyperledger.fabric.contract.Context;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.contract.annotation.Contract;
import org.hyperledger.fabric.contract.annotation.Default;
import org.hyperledger.fabric.contract.annotation.Transaction;
import org.hyperledger.fabric.shim.ChaincodeException;

/** A contract of the contract API: typed parameters, a data type, a refusal. */
@Contract(name = "counter")
@Default
public final class CounterContract implements ContractInterface {
    @Transaction
    public long add(Context context, String name, int amount) {
        if (amount < 1) {
            throw new ChaincodeException("amount " + amount + " is not positive");
        }
        long sum = stored(context, name) + amount;
        context.getStub().putStringState(name, Long.toString(sum));
        return sum;
    }

    @Transaction(intent = Transaction.TYPE.EVALUATE)
    public Count read(Context context, String name) {
        Count count = new Count();
        count.setValue(stored(context, name));
        return count;
    }

    private static long stored(Context context, String name) {
        String value = context.getStub().getStringState(name);
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }
}
