package main

import (
	"flag"
	"io"
	"log"
	"net"
	"os"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// relay listens in its own network namespace and connects from within another one.
func relay() {
	flags := flag.NewFlagSet("relay", flag.ExitOnError)
	listen := flags.String("listen", "127.0.0.1:0", "address to listen on")
	netns := flags.String("netns", "", "path of the network namespace to connect from")
	to := flags.String("to", "", "address to connect to")
	_ = flags.Parse(os.Args[1:])

	listener, err := net.Listen("tcp", *listen)
	if err != nil {
		log.Fatal(err)
	}
	// Helm 4 opens thousands of connections at once: what is too many waits to be accepted.
	free := make(chan struct{}, maxConnections())
	for {
		free <- struct{}{}
		client, err := listener.Accept()
		if err != nil {
			log.Print(err)
			<-free
			time.Sleep(100 * time.Millisecond)
			continue
		}
		go func() {
			defer func() { <-free }()
			serve(client.(*net.TCPConn), *netns, *to)
		}()
	}
}

// maxConnections keeps within the limit of open files: a connection has two sockets and a pipe for each
// direction, and one more while it is made.
func maxConnections() int {
	var limit unix.Rlimit
	if err := unix.Getrlimit(unix.RLIMIT_NOFILE, &limit); err != nil {
		log.Fatal(err)
	}
	return int(min(limit.Cur/8, 4096))
}

func serve(client *net.TCPConn, netns, to string) {
	defer client.Close()
	server, err := dialFrom(netns, to)
	if err != nil {
		log.Print(err)
		return
	}
	defer server.Close()
	done := make(chan struct{})
	go func() {
		copyHalf(server, client)
		close(done)
	}()
	copyHalf(client, server)
	<-done
}

func copyHalf(to, from *net.TCPConn) {
	_, _ = io.Copy(to, from)
	_ = to.CloseWrite()
}

// dialFrom makes the socket on a thread of its own, which ends with the goroutine: a thread that has
// changed its namespace must not serve others.
func dialFrom(netns, to string) (*net.TCPConn, error) {
	type result struct {
		conn net.Conn
		err  error
	}
	results := make(chan result, 1)
	go func() {
		runtime.LockOSThread()
		file, err := os.Open(netns)
		if err != nil {
			results <- result{nil, err}
			return
		}
		defer file.Close()
		if err := unix.Setns(int(file.Fd()), unix.CLONE_NEWNET); err != nil {
			results <- result{nil, err}
			return
		}
		conn, err := net.DialTimeout("tcp", to, 5*time.Second)
		results <- result{conn, err}
	}()
	dialed := <-results
	if dialed.err != nil {
		return nil, dialed.err
	}
	return dialed.conn.(*net.TCPConn), nil
}
