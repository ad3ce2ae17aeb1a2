package io.clearmarket.chaincode.domain;

import io.clearmarket.chaincode.api.Refusal;
import io.clearmarket.chaincode.api.RefusalCode;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a rule says no from wherever it stands. It never leaves this package: {@link Rules#decide} turns it into
 * {@link Outcome.Refused}.
 */
final class Refuse extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    private Refuse(Refusal refusal) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
    }

    /** To be thrown. */
    static Refuse because(RefusalCode code, String message) {
        return new Refuse(new Refusal(code, message));
    }

    static void unless(boolean right, RefusalCode code, Supplier<String> message) {
        if (!right) {
            throw because(code, message.get());
        }
    }

    /** The record, or the refusal that there is none. */
    static <T> T ifAbsent(@Nullable T record, RefusalCode code, Supplier<String> message) {
        if (record == null) {
            throw because(code, message.get());
        }
        return record;
    }

    Refusal refusal() {
        return refusal;
    }
}
