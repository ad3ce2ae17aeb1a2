package io.clearmarket.chaincode.api;

import java.util.Locale;

/** The kinds of record in the world state; a record's key is the composite key (kind in lower case, id parts...). */
public enum RecordKind {
    /** Id: "current". {@link MarketConfig} */
    MARKET,
    /** Id: version, MSP id. {@link Records.Approval} */
    APPROVAL,
    /** Id: party id. {@link Records.Party} */
    PARTY,
    /** Id: order id. {@link Records.Order} */
    ORDER,
    /** Id: consignment id. {@link SignedTerms} */
    TERMS,
    /** Id: consignment id. {@link Consignment} */
    CONSIGNMENT,
    /** Id: EPC, see {@link Epc}. {@link Records.Item} */
    ITEM,
    /** Id: CBV event id. {@link Records.Recorded} */
    EVENT,
    /** Id: CBV event id, SHA-256 of the declaration. {@link Records.Recorded}; that the event is in error. */
    DECLARATION,
    /** Id: CBV event id. {@link Records.Mark}; that it was declared to be in error. */
    EVENTERROR,
    /** Id: EPC, CBV event id. {@link Records.Mark}; finds an item's events. */
    ITEMEVENT,
    /** Id: party id, order id. {@link Records.Mark}; finds a party's orders. */
    PARTYORDER,
    /** Id: a timer's name, a day, consignment id. {@link Records.Mark}; finds what falls due on a day. */
    DUE,
    /** Id: party id, consignment id. {@link Records.Mark}; finds the disputes that came before an arbiter. */
    ARBITERDISPUTE,
    /** Id: EVM address, consignment id. {@link Records.Mark}; finds what a referrer has a share in. */
    REFERRAL,
    /** Id: {@link Consignment.State}, consignment id. {@link Records.Mark}; finds what stands there, and goes when it no longer does. */
    STATE,
    /** Id: consignment id, line. {@link Records.Review} */
    REVIEW,
    /** Id: the offer's hash. {@link SaleOffer} */
    OFFER,
    /** Id: the offer's hash, use. {@link Records.OfferUse}; a use counts once. */
    OFFERUSE,
    /** Id: consignment id, number. {@link Records.Case} */
    CASE,
    /** Id: consignment id, party id, number. {@link Records.Exhibit} */
    EXHIBIT,
    /** Id: party id, command id. {@link Records.Receipt} */
    RECEIPT,
    /** Id: chain id, EVM transaction, log index. {@link Records.UsedEvidence}; a log counts once. */
    EVIDENCE,
    /** Id: SHA-256 of what both sides signed. {@link Records.HandedOver}; a hand-over counts once. */
    HANDOVER,
    /** Id: the device's key. {@link Records.Device} */
    DEVICE,
    /** Id: root. {@link Records.Readings} */
    READINGS;

    /** True if a record says all by being there: an entry by which a query finds another record. */
    public boolean isIndex() {
        return switch (this) {
            case EVENTERROR, ITEMEVENT, PARTYORDER, DUE, ARBITERDISPUTE, REFERRAL, STATE -> true;
            default -> false;
        };
    }

    /** The object type of the composite key. */
    public String objectType() {
        return name().toLowerCase(Locale.ROOT);
    }
}
