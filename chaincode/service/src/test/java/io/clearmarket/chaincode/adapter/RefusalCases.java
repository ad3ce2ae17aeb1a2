package io.clearmarket.chaincode.adapter;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Every refusal code provoked, as something to run with a guard missing. */
public final class RefusalCases implements Callable<String> {
    /** The first case that goes another way than it must, or "". */
    @Override
    public String call() {
        for (Map.Entry<RefusalCode, Supplier<Refusal>> one :
                RefusalCodesTest.cases().entrySet()) {
            try {
                RefusalCode code = one.getValue().get().code();
                if (code != one.getKey()) {
                    return one.getKey() + " became " + code;
                }
            } catch (RuntimeException | AssertionError otherwise) {
                return one.getKey() + ": " + otherwise.getClass().getSimpleName();
            }
        }
        return "";
    }
}
