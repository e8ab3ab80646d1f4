"""One module per publisher's product: it declares itself and turns the publisher's own file into
declared tables. Parsing never touches the network; sources know no other room but the domain."""
