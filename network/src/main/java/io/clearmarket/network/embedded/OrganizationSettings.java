package io.clearmarket.network.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An organisation that runs peers.
 *
 * @param mspId letters, digits, '.' and '-'
 * @param peerPorts port of each peer, {@code peer0} first; 0 takes any free one
 * @param cryptoFolder certificates to use instead of new ones: the organisation's folder as cryptogen lays it out ({@code ca},
 *     {@code tlsca}, {@code peers}, {@code users})
 */
public record OrganizationSettings(String mspId, List<Integer> peerPorts, Optional<Path> cryptoFolder) {
    public OrganizationSettings {
        if (!mspId.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,63}")) {
            throw new IllegalArgumentException("'" + mspId + "' is not an MSP id: letters, digits, '.' and '-'");
        }
        peerPorts = List.copyOf(peerPorts);
        if (peerPorts.isEmpty()) {
            throw new IllegalArgumentException("organisation " + mspId + " has no peer");
        }
    }

    /** One peer, new certificates. */
    public static OrganizationSettings of(String mspId, int peerPort) {
        return new OrganizationSettings(mspId, List.of(peerPort), Optional.empty());
    }

    /** One peer more. */
    public OrganizationSettings andPeer(int port) {
        List<Integer> more = new ArrayList<>(peerPorts);
        more.add(port);
        return new OrganizationSettings(mspId, more, cryptoFolder);
    }

    public OrganizationSettings withCrypto(Path folder) {
        return new OrganizationSettings(mspId, peerPorts, Optional.of(folder));
    }

    /** The peers, in order. */
    public List<PeerId> peers() {
        List<PeerId> peers = new ArrayList<>();
        for (int i = 0; i < peerPorts.size(); i++) {
            peers.add(new PeerId(mspId, i));
        }
        return peers;
    }
}
