package io.clearmarket.network.junit;

import org.hyperledger.fabric.contract.annotation.DataType;
import org.hyperledger.fabric.contract.annotation.Property;

/** What {@link CounterContract#read} answers; the contract API wants data types on the top level. */
@DataType
public final class Count {
    @Property
    private long value;

    public long getValue() {
        return value;
    }

    public void setValue(long value) {
        this.value = value;
    }
}
