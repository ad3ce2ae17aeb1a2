package io.clearmarket.gateway.cli;

import io.clearmarket.chaincode.api.RecordKind;
import io.clearmarket.wallet.proof.Hash;
import io.clearmarket.wallet.proof.VerifiedProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** Whether a saved verifier page is the one whose hash the organisations agreed on in the market's record. */
final class AgreedPage {
    private static final String MARKET = "market";

    private AgreedPage() {}

    /**
     * Says so.
     *
     * @param market a verified proof, of the market's record
     * @return false if it is another page, or the record says nothing of a page
     */
    static boolean report(Path page, VerifiedProof market) throws IOException {
        String key = '\0' + RecordKind.MARKET.objectType() + "\0current\0";
        JsonNode record = market.record();
        if (record == null
                || !market.leaf().namespace().equals(MARKET)
                || !market.leaf().key().equals(key)) {
            System.err.println("clearmarket: NO AGREED PAGE: --page takes the proof of the market's record,"
                    + " /api/v1/proofs?kind=market&id=current");
            return false;
        }
        String agreed = record.path("verifierPage").asString("");
        String found = Hash.sha256(Files.readAllBytes(page)).hex();
        int version = record.path("version").asInt();
        if (!agreed.equals(found)) {
            System.err.println("clearmarket: ANOTHER PAGE: " + page + " has SHA-256 " + found
                    + "; version " + version + " of the market's record has "
                    + (agreed.isEmpty() ? "none" : agreed));
            return false;
        }
        System.out.println("AGREED PAGE: SHA-256 " + found + " of " + page + " is in version " + version
                + " of the market's record, which the organisations approved.");
        return true;
    }
}
