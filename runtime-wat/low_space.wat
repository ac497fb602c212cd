;; Memory gets low: the host measures the engine's heap between time slices and says so here. The image's own low-space
;; watcher, or whoever waits on the registered Semaphore, then deals with the process that was running.

;; Bytes that the image may still use, as the host last measured; below the threshold the Semaphore is signalled. 0: never.
(global $free_bytes (export "bytesLeft") (mut i32) (i32.const 0x3FFFFFFF))
(global $low_space_threshold (export "lowSpaceThreshold") (mut i32) (i32.const 0))
(global $low_space_pending (mut i32) (i32.const 0))

(func $signal_low_space (export "signalLowSpace")
  (global.set $low_space_pending (i32.const 1)))

;; Once: whoever is signalled sets a threshold again when it is ready for the next time. The process that was active is
;; left in the special objects.
(func $deliver_low_space
  (global.set $low_space_pending (i32.const 0))
  (global.set $low_space_threshold (i32.const 0))
  (array.set $Slots (global.get $special_objects) (i32.const 22) (call $active_process))
  (return_call $signal_now (call $special_object (i32.const 17))))

;; signalAtBytesLeft:
(func $primitive_125 (param $receiver eqref) (param $bytes eqref) (param $depth i32) (result eqref)
  (local $threshold i32)
  (local.set $threshold (call $small_or (local.get $bytes) (i32.const -1)))
  (if (i32.lt_s (local.get $threshold) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (global.set $low_space_threshold (local.get $threshold))
  (local.get $receiver))

;; bytesLeft, bytesLeft:
(func $primitive_112 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $free_bytes)))

(func $primitive_112_1 (param $receiver eqref) (param $includingSwap eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $free_bytes)))
