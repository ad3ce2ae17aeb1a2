package io.clearmarket.network.embedded.seek;

import org.hyperledger.fabric.protos.common.Status;
import org.hyperledger.fabric.protos.orderer.SeekInfo;
import org.hyperledger.fabric.protos.orderer.SeekPosition;

/** Which blocks a request is for (fabric-protocol 6.3). Numbers are unsigned. */
public record SeekRange(long start, long stop, boolean failIfNotReady) {
    /** A request that can't be served; ends the stream with this status. */
    public static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final Status status;

        Refused(Status status) {
            super(status.name());
            this.status = status;
        }

        /** What the stream ends with. */
        public Status status() {
            return status;
        }
    }

    /** @param height number of blocks that there are now */
    public static SeekRange of(SeekInfo seek, long height) throws Refused {
        if (!seek.hasStart() || !seek.hasStop()) {
            throw new Refused(Status.BAD_REQUEST);
        }
        long start = start(seek.getStart(), height);
        long stop = stop(seek.getStop(), start, height);
        if (Long.compareUnsigned(stop, start) < 0) {
            throw new Refused(Status.BAD_REQUEST);
        }
        if (Long.compareUnsigned(start, height) > 0) {
            throw new Refused(Status.NOT_FOUND);
        }
        return new SeekRange(start, stop, seek.getBehavior() == SeekInfo.SeekBehavior.FAIL_IF_NOT_READY);
    }

    private static long start(SeekPosition position, long height) throws Refused {
        return switch (position.getTypeCase()) {
            case OLDEST -> 0;
            case NEWEST -> height - 1;
            case NEXT_COMMIT -> height;
            case SPECIFIED -> position.getSpecified().getNumber();
            case TYPE_NOT_SET -> throw new Refused(Status.BAD_REQUEST);
        };
    }

    private static long stop(SeekPosition position, long start, long height) throws Refused {
        return switch (position.getTypeCase()) {
            case OLDEST -> start;
            case NEWEST -> height - 1;
            case SPECIFIED -> position.getSpecified().getNumber();
            case NEXT_COMMIT, TYPE_NOT_SET -> throw new Refused(Status.BAD_REQUEST);
        };
    }
}
