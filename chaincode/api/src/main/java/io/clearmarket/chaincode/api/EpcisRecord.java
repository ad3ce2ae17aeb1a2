package io.clearmarket.chaincode.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger keeps of an EPCIS 2.0 event: its hash id and a list of allowed fields, none of them personal. The
 * document is in the content store under {@code document}.
 *
 * @param eventId CBV 2.0 hash id, {@code ni:///sha-256;<64 hex>?ver=CBV2.0}
 * @param type ObjectEvent, AggregationEvent, TransactionEvent, TransformationEvent or AssociationEvent
 * @param action ADD, OBSERVE, DELETE; absent for TransformationEvent
 * @param bizStep CBV bare name such as {@code shipping}, or a URI of somebody's own vocabulary
 * @param disposition CBV bare name such as {@code in_transit}, or such a URI
 * @param eventTime when it happened, by the one who says so
 * @param epcs the items it is about; none where it is about quantities of a class or a place only
 * @param readPoint where, a location URI without personal data
 * @param document SHA-256 of the stored document's bytes
 * @param errorDeclaration that the event is in error; absent for one that happened as told
 * @param measured what sensors measured, one for each kind and unit; absent for none, as in events of the time before they were kept
 */
public record EpcisRecord(
        @Form(EpcisRecord.EVENT_ID) String eventId,
        @Form(EpcisRecord.TYPE) String type,
        @Form(EpcisRecord.ACTION) @Nullable String action,
        @Form(EpcisRecord.WORD) @Nullable String bizStep,
        @Form(EpcisRecord.WORD) @Nullable String disposition,
        Instant eventTime,
        @Form(Epc.FORM) @Count(most = Limits.ITEMS) List<String> epcs,
        @Form(EpcisRecord.LOCATION) @Nullable String readPoint,
        @Form(EpcisRecord.LOCATION) @Nullable String bizLocation,
        Digest document,
        @Nullable ErrorDeclaration errorDeclaration,

        @Count(least = 1, most = Limits.MEASURED) @Nullable List<Measured> measured) {
    /** A CBV 2.0 hash id. */
    public static final String EVENT_ID = "ni:///sha-256;[0-9a-f]{64}\\?ver=CBV2\\.0";

    /** The types of events of EPCIS 2.0. */
    public static final String TYPE =
            "ObjectEvent|AggregationEvent|TransactionEvent|TransformationEvent|AssociationEvent";

    /** What an event does to what it is about. */
    public static final String ACTION = "ADD|OBSERVE|DELETE";

    /** A bare name of CBV, or a URI. */
    public static final String WORD = "[a-z][a-z_]{1,63}|(https?://|urn:)[!-~]{1,190}";

    /** Where something is. */
    public static final String LOCATION = "(https?://|urn:|geo:)[!-~]{1,190}";

    /** A word of GS1's for what is measured, such as {@code Temperature}. */
    public static final String MEASUREMENT = "[A-Z][A-Za-z]{1,63}";

    /** A unit by its code of UN/CEFACT Recommendation 20, such as {@code CEL}. */
    public static final String UNIT = "[A-Z0-9]{2,3}";

    /** An event, by the id that it was captured with. */
    public static final String ANY_EVENT = "[a-z]{2,10}:[!-~]{1,190}";

    public EpcisRecord {
        epcs = List.copyOf(epcs);
        measured = measured == null ? null : List.copyOf(measured);
    }

    /** An event that happened as told. */
    public EpcisRecord(
            String eventId,
            String type,
            @Nullable String action,
            @Nullable String bizStep,
            @Nullable String disposition,
            Instant eventTime,
            List<String> epcs,
            @Nullable String readPoint,
            @Nullable String bizLocation,
            Digest document) {
        this(
                eventId,
                type,
                action,
                bizStep,
                disposition,
                eventTime,
                epcs,
                readPoint,
                bizLocation,
                document,
                null,
                null);
    }

    /**
     * What sensors measured, in thousandths of the unit; what is finer is rounded down for the least and up for the greatest.
     *
     * @param type GS1's word
     * @param unit code of UN/CEFACT Recommendation 20
     */
    public record Measured(
            @Form(MEASUREMENT) String type,
            @Form(UNIT) String unit,

            @Within(least = -Limits.READING, most = Limits.READING)
            long least,

            @Within(least = -Limits.READING, most = Limits.READING)
            long greatest) {}

    /**
     * That an event is in error (EPCIS 2.0, section 7.4.1.3). The event itself stays as it was recorded.
     *
     * @param declarationTime when it was declared, by the one who says so
     * @param reason CBV bare name, {@code did_not_occur} or {@code incorrect_data}, or a URI
     * @param correctiveEventIds the events that say it right, by the ids that they were captured with
     */
    public record ErrorDeclaration(
            Instant declarationTime,
            @Form(WORD) @Nullable String reason,

            @Form(ANY_EVENT) @Count(most = Limits.CORRECTIONS)
            List<String> correctiveEventIds) {
        public ErrorDeclaration {
            correctiveEventIds = List.copyOf(correctiveEventIds);
        }
    }

    /** The event as it was before the error was declared. */
    public EpcisRecord withoutDeclaration() {
        return declaredInError(null);
    }

    /** The same event with this declaration. */
    public EpcisRecord declaredInError(@Nullable ErrorDeclaration declaration) {
        return with(declaration, measured);
    }

    /** The same event with these readings. */
    public EpcisRecord measuring(Measured... readings) {
        return with(errorDeclaration, List.of(readings));
    }

    private EpcisRecord with(@Nullable ErrorDeclaration declaration, @Nullable List<Measured> readings) {
        return new EpcisRecord(
                eventId,
                type,
                action,
                bizStep,
                disposition,
                eventTime,
                epcs,
                readPoint,
                bizLocation,
                document,
                declaration,
                readings);
    }
}
