package io.clearmarket.network.embedded.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import org.hyperledger.fabric.protos.peer.TxValidationCode;

/** Why a transaction is not valid; without a stack trace, since it is an ordinary verdict. */
final class InvalidTransaction extends Exception {
    private static final long serialVersionUID = 1L;

    private final TxValidationCode code;

    InvalidTransaction(TxValidationCode code) {
        super(code.name(), null, false, false);
        this.code = code;
    }

    TxValidationCode code() {
        return code;
    }

    /** Something that may fail to parse. */
    interface Parsing<T> {
        T parse() throws InvalidProtocolBufferException;
    }

    /** The parsed message, or the code that its being malformed has. */
    static <T> T parse(TxValidationCode ifMalformed, Parsing<T> parsing) throws InvalidTransaction {
        try {
            return parsing.parse();
        } catch (InvalidProtocolBufferException malformed) {
            throw new InvalidTransaction(ifMalformed);
        }
    }

    /** Refuses with the code unless the condition holds. */
    static void require(boolean condition, TxValidationCode otherwise) throws InvalidTransaction {
        if (!condition) {
            throw new InvalidTransaction(otherwise);
        }
    }
}
