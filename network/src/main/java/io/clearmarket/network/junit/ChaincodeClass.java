package io.clearmarket.network.junit;

import java.util.function.Supplier;
import org.hyperledger.fabric.contract.ContractInterface;
import org.hyperledger.fabric.shim.Chaincode;

/** Chaincode from a class: as it is, or through the contract API's own routing. */
final class ChaincodeClass {
    private ChaincodeClass() {}

    /** @throws IllegalArgumentException if the class is neither a chaincode nor a contract */
    static Supplier<Chaincode> of(Class<?> type) {
        if (ContractInterface.class.isAssignableFrom(type)) {
            Class<? extends ContractInterface> contract = type.asSubclass(ContractInterface.class);
            return () -> new ContractChaincode(contract);
        }
        if (Chaincode.class.isAssignableFrom(type)) {
            Class<? extends Chaincode> chaincode = type.asSubclass(Chaincode.class);
            return () -> instance(chaincode);
        }
        throw new IllegalArgumentException(
                type.getName() + " is no chaincode: it implements neither ContractInterface nor Chaincode");
    }

    static <T> T instance(Class<T> type) {
        try {
            return type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    type.getName() + " cannot be made: it needs a public constructor without parameters", e);
        }
    }
}
