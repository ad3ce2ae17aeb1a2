package io.clearmarket.gateway.chain;

import org.jspecify.annotations.Nullable;

/** The settlement chain's node could not be asked, or did not do what was asked. */
public sealed class ChainException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ChainException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The node is away, or failed: asking again later is right. */
    public static final class Unavailable extends ChainException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A contract refused: sending the same would fail too. */
    public static final class Reverted extends ChainException {
        private static final long serialVersionUID = 1L;
        private final String error;

        /** @param error the contract's own error with its values, such as {@code NotDeposited()} */
        public Reverted(String error) {
            super("the contract refused: " + error, null);
            this.error = error;
        }

        public String error() {
            return error;
        }
    }

    /** The chain is not the one that was read before: another id, another contract, or rewritten final blocks. */
    public static final class WrongChain extends ChainException {
        private static final long serialVersionUID = 1L;

        public WrongChain(String message) {
            super(message, null);
        }
    }
}
